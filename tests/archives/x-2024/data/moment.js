window.YTD.moment.part0 = [
  {
    "moment": {
      "momentId": "88",
      "title": "My otters",
      "createdAt": "2018-01-01T00:00:00.000Z",
      "tweets": [
        {
          "tweet": {
            "coreData": {
              "text": "somebody else's words"
            }
          }
        }
      ]
    }
  }
]
