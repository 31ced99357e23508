"""Bulk routing as the portal serves it: what may come in, how large, and in which form the answers go out."""

import io
from collections.abc import Mapping
from typing import IO, Any

from rest_framework.renderers import BaseRenderer, JSONRenderer

from portal.api.parsers import StrictJSONParser
from wijkteams.api_bulk import BulkRouteringViewSet, CsvParser, CsvRenderer, read_limited


class LargeJSONParser(StrictJSONParser):
    """JSON of up to a hundred thousand rows, never more in memory than that."""

    def parse(self, stream: IO[Any], media_type: str | None = None, parser_context: Mapping[str, Any] | None = None) -> Any:
        return super().parse(io.BytesIO(read_limited(stream)), media_type, parser_context)


class BulkRoutering(BulkRouteringViewSet):
    parser_classes = [LargeJSONParser, CsvParser]

    def get_renderers(self) -> list[BaseRenderer]:
        return [JSONRenderer(), CsvRenderer()] if self.action == "resultaat" else [JSONRenderer()]
