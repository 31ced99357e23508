from django.db import migrations

#: A version of the plan is what a family said yes or no to: it is never changed again, by whatever process. What changes is a
#: next version.
VAST = """
CREATE FUNCTION casussen_plan_vast() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'Een versie van een plan verandert niet meer. Maak een nieuwe versie.' USING ERRCODE = 'check_violation';
END $$;
CREATE TRIGGER casussen_plan_vast BEFORE UPDATE OR DELETE ON casussen_plan
    FOR EACH ROW EXECUTE FUNCTION casussen_plan_vast();
CREATE TRIGGER casussen_doelversie_vast BEFORE UPDATE OR DELETE ON casussen_doelversie
    FOR EACH ROW EXECUTE FUNCTION casussen_plan_vast();
"""
WEG = """
DROP TRIGGER casussen_doelversie_vast ON casussen_doelversie;
DROP TRIGGER casussen_plan_vast ON casussen_plan;
DROP FUNCTION casussen_plan_vast();
"""


class Migration(migrations.Migration):
    dependencies = [('casussen', '0013_onderwijszorg')]

    operations = [migrations.RunSQL(VAST, WEG)]
