window.YTD.profile.part0 = [
  {
    "profile": {
      "description": {
        "bio": "Keeper of otters",
        "website": "https://t.co/web",
        "location": "Nettlecombe"
      },
      "avatarMediaUrl": "https://pbs.example/a.jpg"
    }
  }
]
