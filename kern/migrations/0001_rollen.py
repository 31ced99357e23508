"""The ground every room stands on: extensions, the database roles of web and task processes, and the cache table.

The roles may read and write rows, and alter nothing. They are NOLOGIN: a process signs in with a login of its own that is a member,
or as the owner, and works as the role (`portal.env.database_entry`). Row-level security comes later and needs them.
"""

from django.contrib.postgres.operations import BtreeGistExtension, TrigramExtension
from django.db import migrations

ROLES = ("aanspreekpunt_web", "aanspreekpunt_taak")

# Roles belong to the whole server: two databases migrated at once may both try to make them.
MAKE = """
DO $$
BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '{role}') THEN
        CREATE ROLE {role} NOLOGIN;
    END IF;
EXCEPTION WHEN duplicate_object OR unique_violation THEN
    NULL;
END $$;
DO $$
BEGIN
    IF NOT pg_has_role(current_user, '{role}', 'MEMBER') THEN
        EXECUTE format('GRANT {role} TO %I', current_user);
    END IF;
END $$;
GRANT USAGE ON SCHEMA public TO {role};
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {role};
GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {role};
ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO {role};
ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT USAGE, SELECT ON SEQUENCES TO {role};
"""
CACHE = """
CREATE TABLE kern_cache (cache_key varchar(255) NOT NULL PRIMARY KEY, value text NOT NULL, expires timestamp with time zone NOT NULL);
CREATE INDEX kern_cache_expires ON kern_cache (expires);
"""


class Migration(migrations.Migration):
    initial = True
    dependencies = []
    operations = [
        *(migrations.RunSQL(MAKE.format(role=role), migrations.RunSQL.noop) for role in ROLES),
        BtreeGistExtension(),
        TrigramExtension(),
        migrations.RunSQL(CACHE, "DROP TABLE kern_cache"),
    ]
