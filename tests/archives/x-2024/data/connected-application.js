window.YTD.connected_application.part0 = [
  {
    "connectedApplication": {
      "name": "Poster",
      "permissions": [
        "read",
        "write"
      ],
      "id": "1",
      "approvedAt": "2020-01-01T00:00:00.000Z"
    }
  }
]
