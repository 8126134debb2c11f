window.YTD.account.part0 = [
  {
    "account": {
      "email": "wren@example.org",
      "createdVia": "web",
      "username": "wren_otter",
      "accountId": "4001",
      "createdAt": "2012-01-02T03:04:05.000Z",
      "accountDisplayName": "Wren Ashdown"
    }
  }
]
