-- Requests are found by their offers. `tags_of` says what the code says.

UPDATE requests SET tags = tags_of('request', doc);
DELETE FROM requests_tags;
INSERT INTO requests_tags (tag, listed_at, id)
SELECT tag.value, requests.listed_at, requests.id FROM requests, json_each(requests.tags) AS tag;
