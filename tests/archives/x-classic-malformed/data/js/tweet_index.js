var tweet_index = [{"file_name": "data/js/tweets/2013_07.js", "tweet_count": 4}]
