window.YTD.ad_engagements.part0 = [
  {
    "ad": {
      "adsUserData": {
        "text": "Buy our stoats"
      }
    }
  }
]
