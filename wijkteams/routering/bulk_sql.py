"""The statements of bulk routing. Rows are brought down to what differs before they come here: postcodes, and profiles.

A profile is everything about a row that some rule asks after: the buurt, the sectors that are possible ('vo' or 'vo|vso'), the
stretch of ages between two borders of rules, and, only where a rule names them, PC4, PC6, house number, school and location.
A hundred thousand addresses have a few thousand profiles. The rule order is the stored `rang`.
"""

#: The rules that hold on a day, of teams that exist on it: every statement after this stands on the same rules. A rule for a
#: gemeente also stands under the codes of those that went on in it (see `wijkteams.queries.rules_on`).
REGELS = """
CREATE TEMPORARY TABLE bulk_regel ON COMMIT DROP AS
WITH opgegaan AS (
    SELECT code AS oud, gebieden_gemeente_op(code, %(op)s) AS nieuw
    FROM gebieden_gemeente WHERE opvolger_id IS NOT NULL AND geldig_tot <= %(op)s
), gelijk AS (
    SELECT oud AS code, nieuw FROM opgegaan UNION ALL SELECT DISTINCT nieuw, nieuw FROM opgegaan
)
SELECT coalesce(gelijk.code, regel.gebied) AS gebied, regel.wijkteam_id, regel.soort, regel.sector, regel.rang,
    regel.leeftijd_van, regel.leeftijd_tot,
    regel.nummer_van, regel.nummer_tot_en_met, regel.zijde, regel.school_id, regel.vestiging_id
FROM wijkteams_werkgebied regel JOIN wijkteams_wijkteam team ON team.id = regel.wijkteam_id
LEFT JOIN gelijk ON gelijk.nieuw = regel.gebied
WHERE regel.gebied NOT IN (SELECT oud FROM opgegaan) AND regel.van <= %(op)s AND regel.tot > %(op)s
    AND (team.geldig_van IS NULL OR team.geldig_van <= %(op)s) AND (team.geldig_tot IS NULL OR team.geldig_tot > %(op)s)
"""

#: At once, and not only on commit: the same transaction may route another file.
OPRUIMEN = "DROP TABLE bulk_regel, bulk_postcode, bulk_profiel"

#: What the rules name: areas within a buurt, schools and locations, and the ages at which something begins.
GENOEMD = """
SELECT 'pc4', gebied FROM bulk_regel WHERE soort = 'pc4'
UNION SELECT 'pc6', gebied FROM bulk_regel WHERE soort IN ('pc6', 'nummers')
UNION SELECT 'nummers', gebied FROM bulk_regel WHERE soort = 'nummers'
UNION SELECT 'school', school_id::text FROM bulk_regel WHERE school_id IS NOT NULL
UNION SELECT 'vestiging', vestiging_id::text FROM bulk_regel WHERE vestiging_id IS NOT NULL
UNION SELECT 'leeftijd', leeftijd_van::text FROM bulk_regel
UNION SELECT 'leeftijd', leeftijd_tot::text FROM bulk_regel WHERE leeftijd_tot < 150
UNION SELECT 'leeftijd', '0'
"""

POSTCODES = "CREATE TEMPORARY TABLE bulk_postcode (postcode text NOT NULL) ON COMMIT DROP"
LAAD_POSTCODES = "COPY bulk_postcode FROM STDIN"
METEN = "ANALYZE bulk_postcode"

#: The buurten of each postcode; house numbers only where there is something to choose.
REGISTER = """
COPY (
    SELECT regel.postcode, regel.buurt_code, gemeente.regio_id IS NOT NULL,
        CASE WHEN count(*) OVER (PARTITION BY regel.postcode) > 1 THEN array_to_string(regel.huisnummers, ' ') END
    FROM gebieden_registerregel regel
    LEFT JOIN gebieden_gemeente gemeente ON gemeente.code = 'GM' || substr(regel.buurt_code, 3, 4)
    WHERE regel.editie_id = (SELECT id FROM gebieden_editie WHERE actief)
        AND regel.postcode IN (SELECT postcode FROM bulk_postcode)
) TO STDOUT WITH (FORMAT csv)
"""

PROFIELEN = """
CREATE TEMPORARY TABLE bulk_profiel (
    profiel integer NOT NULL,
    buurt_code text NOT NULL,
    pc4 text,
    pc6 text,
    nummer integer,
    sectoren text NOT NULL,
    school_id bigint,
    vestiging_id bigint,
    klasse integer
) ON COMMIT DROP
"""
LAAD_PROFIELEN = "COPY bulk_profiel FROM STDIN WITH (FORMAT csv)"

#: Per profile, sector and age that are still possible the rule with the lowest rang; then per profile the teams that win.
WINNAARS = """
COPY (
WITH grens AS (
    SELECT 0 AS leeftijd
    UNION SELECT leeftijd_van FROM bulk_regel
    UNION SELECT leeftijd_tot FROM bulk_regel WHERE leeftijd_tot < 150
), geval AS (
    SELECT profiel.*, sector, grens.leeftijd
    FROM bulk_profiel profiel
    CROSS JOIN LATERAL string_to_table(profiel.sectoren, '|') AS sector
    JOIN grens ON profiel.klasse IS NULL OR profiel.klasse = grens.leeftijd
), winnaar AS (
    SELECT DISTINCT ON (geval.profiel, geval.sector, geval.leeftijd) geval.profiel, geval.sector, regel.wijkteam_id
    FROM geval
    CROSS JOIN LATERAL (VALUES ('GM' || substr(geval.buurt_code, 3, 4)), ('WK' || substr(geval.buurt_code, 3, 6)),
        (geval.buurt_code), (geval.pc4), (geval.pc6)) AS plek (code)
    JOIN bulk_regel regel ON regel.gebied = plek.code
        AND regel.sector IN ('*', geval.sector)
        AND geval.leeftijd >= regel.leeftijd_van AND geval.leeftijd < regel.leeftijd_tot
    WHERE (regel.soort <> 'school' OR regel.school_id = geval.school_id OR regel.vestiging_id = geval.vestiging_id)
        AND (regel.soort <> 'nummers' OR (geval.nummer BETWEEN regel.nummer_van AND regel.nummer_tot_en_met
            AND regel.zijde IN ('beide', CASE WHEN geval.nummer % 2 = 0 THEN 'even' ELSE 'oneven' END)))
    ORDER BY geval.profiel, geval.sector, geval.leeftijd, regel.rang
)
SELECT profiel, min(wijkteam_id), max(wijkteam_id), string_agg(DISTINCT sector, '|')
FROM winnaar GROUP BY profiel
) TO STDOUT WITH (FORMAT csv)
"""
