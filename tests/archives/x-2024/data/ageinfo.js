window.YTD.ageinfo.part0 = [
  {
    "ageMeta": {
      "ageInfo": {
        "age": [
          "25"
        ],
        "birthDate": "1999-04-07"
      },
      "inferredAgeInfo": {
        "age": [
          "13-54"
        ],
        "birthDate": ""
      }
    }
  }
]
