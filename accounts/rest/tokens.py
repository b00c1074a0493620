"""Tokens over HTTP: for a password, and for a refresh token."""

from dataclasses import asdict

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.models import User
from accounts.services.sign_in import refresh_tokens, sign_in
from accounts.tokens import TokenPair

MAX_TOKEN = 4_000  # characters; ours have a few hundred


class CredentialsSerializer(serializers.Serializer[User]):
    """A handle and its password."""

    username = serializers.CharField()
    password = serializers.CharField(trim_whitespace=False, max_length=1_000)


class RefreshSerializer(serializers.Serializer[TokenPair]):
    """What was given with the access token."""

    refresh = serializers.CharField(max_length=MAX_TOKEN)


class TokenPairSerializer(serializers.Serializer[TokenPair]):
    """`expires_in` is the access token's life in seconds."""

    access = serializers.CharField()
    refresh = serializers.CharField()
    expires_in = serializers.IntegerField()


class TokenView(APIView):
    """Tokens for a password."""

    authentication_classes = ()
    permission_classes = (AllowAny,)

    @extend_schema(
        summary="Get tokens for a password",
        tags=["auth"],
        request=CredentialsSerializer,
        responses={200: TokenPairSerializer},
    )
    def post(self, request: Request) -> Response:
        """An access token for 15 minutes, and a refresh token that renews it for 14 days."""
        given = CredentialsSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        pair = sign_in(request=request._request, **given.validated_data)  # noqa: SLF001  (allauth wants Django's own)
        return Response(asdict(pair), headers={"Cache-Control": "no-store"})


class TokenRefreshView(APIView):
    """Tokens for a refresh token."""

    authentication_classes = ()
    permission_classes = (AllowAny,)

    @extend_schema(
        summary="Renew the tokens",
        tags=["auth"],
        request=RefreshSerializer,
        responses={200: TokenPairSerializer},
    )
    def post(self, request: Request) -> Response:
        """A new pair. The old refresh token stays good until its own end."""
        given = RefreshSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        pair = refresh_tokens(**given.validated_data)
        return Response(asdict(pair), headers={"Cache-Control": "no-store"})
