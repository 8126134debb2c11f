window.YTD.article.part0 = [
  {
    "article": {
      "id": "9",
      "title": "On otters",
      "content": [
        {
          "block": "First part"
        },
        {
          "block": "Second part"
        }
      ],
      "createdAtMs": "1700000000000",
      "lifecycleState": "Published"
    }
  }
]
