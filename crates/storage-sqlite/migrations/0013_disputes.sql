-- A dispute is found by its id, and a person's disputes when they are over, too. `tags_of` and
-- `summary_of` say what the code says.

UPDATE deals SET tags = tags_of('deal', doc), summary = summary_of('deal', doc);
DELETE FROM deals_tags;
INSERT INTO deals_tags (tag, listed_at, id)
SELECT tag.value, deals.listed_at, deals.id FROM deals, json_each(deals.tags) AS tag;
