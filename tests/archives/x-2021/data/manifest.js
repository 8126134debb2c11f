window.__THAR_CONFIG = {
  "userInfo": {
    "accountId": "4001",
    "userName": "wren_otter",
    "displayName": "Wren Ashdown"
  },
  "archiveInfo": {
    "sizeBytes": "99",
    "generationDate": "2024-05-06T07:08:09.000Z",
    "isPartialArchive": false,
    "maxPartSizeBytes": "53687091200"
  },
  "dataTypes": {
    "tweet": {
      "files": [
        {
          "fileName": "data/tweet.js",
          "globalName": "YTD.tweet.js",
          "count": "2"
        }
      ]
    }
  }
}
