window.YTD.email_address_change.part0 = [
  {
    "emailAddressChange": {
      "accountId": "4001",
      "emailChange": {
        "changedAt": "2015-01-01T00:00:00.000Z",
        "changedFrom": "wrenny99@example.net",
        "changedTo": "wren@example.org"
      }
    }
  }
]
