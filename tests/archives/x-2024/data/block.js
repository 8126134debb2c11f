window.YTD.block.part0 = [
  {
    "blocking": {
      "accountId": "6001",
      "userLink": "x"
    }
  }
]
