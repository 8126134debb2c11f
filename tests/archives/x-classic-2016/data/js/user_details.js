var user_details =  {
 "expanded_url": "http://otters.example",
 "screen_name": "wren_otter",
 "location": "Sallow Green",
 "url": "http://t.co/u",
 "full_name": "Wren",
 "bio": "Otters &amp; tea",
 "id": "4400000001",
 "created_at": "2009-01-05 08:15:00 +0000"
}
