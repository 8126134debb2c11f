Grailbird.data.tweets_2013_04 = 
 [
 {
  "source": "<a href=\"http://twitter.example\">web</a>",
  "entities": {
   "user_mentions": [],
   "media": [],
   "hashtags": [],
   "urls": [
    {
     "indices": [
      0,
      5
     ],
     "url": "http://t.co/a1",
     "expanded_url": "http://otters.example/sun",
     "display_url": "otters.example/sun"
    }
   ]
  },
  "geo": {},
  "id_str": "320000000000000003",
  "text": "Sports day &amp; no sun cream. Classic Year 4 http://t.co/a1",
  "id": 320000000000000003,
  "created_at": "2013-04-05 08:15:00 +0000",
  "user": {
   "name": "Wren",
   "screen_name": "wren_otter",
   "protected": false,
   "id_str": "4400000001",
   "id": 4400000001,
   "verified": false
  }
 },
 {
  "source": "<a href=\"http://twitter.example\">web</a>",
  "entities": {
   "user_mentions": [
    {
     "name": "Kit \u00d8ster",
     "screen_name": "kit_oster",
     "indices": [
      0,
      10
     ],
     "id_str": "5500000001",
     "id": 5500000001
    }
   ],
   "media": [],
   "hashtags": [],
   "urls": []
  },
  "geo": {},
  "id_str": "320000000000000002",
  "text": "@kit_oster not on a school night",
  "id": 320000000000000002,
  "created_at": "2013-04-04 20:15:00 +0000",
  "user": {
   "name": "Wren",
   "screen_name": "wren_otter",
   "protected": false,
   "id_str": "4400000001",
   "id": 4400000001,
   "verified": false
  },
  "in_reply_to_status_id_str": "319999999999999999",
  "in_reply_to_status_id": 319999999999999999,
  "in_reply_to_user_id_str": "5500000001",
  "in_reply_to_screen_name": "