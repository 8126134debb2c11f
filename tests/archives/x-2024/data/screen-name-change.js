window.YTD.screen_name_change.part0 = [
  {
    "screenNameChange": {
      "accountId": "4001",
      "screenNameChange": {
        "changedAt": "2014-01-01T00:00:00.000Z",
        "changedFrom": "wrenny99",
        "changedTo": "wren_otter"
      }
    }
  }
]
