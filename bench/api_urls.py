"""The map of the portal, and an authenticated view that does nothing: the same server, middleware, token and throttle."""

from django.urls import path
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from portal.urls import urlpatterns as portal_urls
from toegang.permissions import Aangesteld


class LeegView(APIView):
    permission_classes = [Aangesteld]

    def post(self, request: Request) -> Response:  # noqa: ARG002  (it does nothing)
        return Response({})


urlpatterns = [path("api/v1/leeg", LeegView.as_view()), *portal_urls]
