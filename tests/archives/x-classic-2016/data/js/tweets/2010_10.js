Grailbird.data.tweets_2010_10 = 
 [
 {
  "source": "<a href=\"http://twitter.example\">web</a>",
  "entities": {
   "user_mentions": [],
   "media": [],
   "hashtags": [],
   "urls": []
  },
  "geo": {
   "type": "Point",
   "coordinates": [
    52.05,
    -1.12
   ]
  },
  "id_str": "20000000000000001",
  "text": "Early days",
  "id": 20000000000000001,
  "created_at": "2010-10-01 00:00:00 +0000",
  "user": {
   "name": "Wren",
   "screen_name": "wren_otter",
   "protected": false,
   "id_str": "4400000001",
   "id": 4400000001,
   "verified": false
  }
 }
]
