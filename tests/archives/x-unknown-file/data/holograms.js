window.YTD.holograms.part0 = [
  {
    "hologram": {
      "text": "unseen"
    }
  }
]
