var payload_details =  {
 "tweets": 5,
 "created_at": "2016-05-05 08:15:00 +0000",
 "lang": "en"
}
