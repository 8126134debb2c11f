var tweet_index =  [
 {
  "file_name": "data/js/tweets/2013_04.js",
  "year": 2013,
  "var_name": "tweets_2013_04",
  "tweet_count": 3,
  "month": 4
 },
 {
  "file_name": "data/js/tweets/2010_10.js",
  "year": 2010,
  "var_name": "tweets_2010_10",
  "tweet_count": 1,
  "month": 10
 }
]
