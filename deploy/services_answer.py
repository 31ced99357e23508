"""Exit 0 when this PostgreSQL and this Redis both answer: `services_answer.py DATABASE_URL REDIS_URL`."""

import sys

import psycopg2
import redis


def main(database_url: str, redis_url: str) -> int:
    try:
        connection = psycopg2.connect(database_url, connect_timeout=3)
        version = connection.server_version // 10000
        connection.close()
        with redis.Redis.from_url(redis_url, socket_timeout=3, socket_connect_timeout=3) as client:
            client.ping()
    except (psycopg2.OperationalError, redis.exceptions.RedisError) as error:
        print(f"Geen tweede ronde: {type(error).__name__}")
        return 1
    print(f"PostgreSQL {version} en Redis antwoorden.")
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
