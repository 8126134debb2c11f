Grailbird.data.tweets_2013_05 = 
 [ {"id_str": [1]}, {"id_str": "330000000000000009", "text": "Good", "created_at": "not a date"} ]
