-- The areas as PostGIS likes them: cut small, clustered and indexed.
-- Standard input holds the rings; :adjoining is a list of codes, :home one.
CREATE EXTENSION IF NOT EXISTS postgis;
CREATE UNLOGGED TABLE ring (code text, lon float8, lat float8, line geometry);
\copy ring from pstdin with (format csv, delimiter '|')
CREATE TABLE area AS
    SELECT code, ST_BuildArea(ST_SetSRID(line, 27700)) AS area FROM ring;
CREATE TABLE part AS
    SELECT code, ST_Subdivide(area, 64) AS area FROM area;
CREATE INDEX ON part USING gist (area);
CLUSTER part USING part_area_idx;
CREATE TABLE area_geography AS
    SELECT code, ST_Transform(area, 4326)::geography AS area FROM area;
CREATE INDEX ON area_geography USING gist (area);
CREATE TABLE home AS
    SELECT ring.code, ST_SetSRID(line, 27700) AS border,
           ST_SetSRID(ST_MakePoint(lon, lat), 4326)::geography AS centre,
           area_geography.area AS area
    FROM ring JOIN area_geography USING (code) WHERE ring.code = :'home';
CREATE TABLE adjoining (code text PRIMARY KEY);
INSERT INTO adjoining SELECT unnest(string_to_array(:'adjoining', ','));
VACUUM ANALYZE;
