window.YTD.personalization.part0 = [
  {
    "p13nData": {
      "demographics": {
        "gender": "unknown"
      },
      "interests": {
        "interests": []
      }
    }
  }
]
