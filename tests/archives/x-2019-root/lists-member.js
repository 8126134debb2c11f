window.YTD.lists_member.part0 = [
  {
    "userListInfo": {
      "urls": [
        "https://twitter.com/x/lists/y"
      ]
    }
  }
]
