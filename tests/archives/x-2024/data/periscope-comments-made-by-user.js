window.YTD.periscope_comments_made_by_user.part0 = [
  {
    "periscopeCommentsMadeByUser": {
      "id": "b1",
      "createdAt": "2021-02-03T04:05:06.000Z",
      "text": "Lovely weir, wrong otter"
    }
  }
]
