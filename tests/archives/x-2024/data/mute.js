window.YTD.mute.part0 = [
  {
    "muting": {
      "accountId": "6002"
    }
  }
]
