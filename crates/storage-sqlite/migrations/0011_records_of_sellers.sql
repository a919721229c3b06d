-- How the deals of each seller ended, and what each resolver is to rule on, are counted by tags of
-- their own; before, whole deals were read for it.

UPDATE deals SET tags = (
  SELECT json_group_array(replace(value, '/dispute:open', '/to_rule:yes'))
  FROM json_each(deals.tags)
  WHERE value NOT GLOB 'resolver:*/dispute:open' OR deals.summary ->> '$.state' = 'disputed'
) WHERE tags GLOB '*"resolver:*/dispute:open"*';
UPDATE deals
SET tags = json_insert(tags, '$[#]', 'seller:' || (summary ->> '$.seller') || '/settled:yes')
WHERE summary ->> '$.state' IN ('released', 'refunded', 'split');
UPDATE deals
SET tags = json_insert(tags, '$[#]', 'seller:' || (summary ->> '$.seller') || '/settled:peacefully')
WHERE summary ->> '$.state' IN ('released', 'refunded', 'split')
  AND summary ->> '$.dispute' IS NULL;
DELETE FROM deals_tags;
INSERT INTO deals_tags (tag, listed_at, id)
SELECT tag.value, deals.listed_at, deals.id FROM deals, json_each(deals.tags) AS tag;
