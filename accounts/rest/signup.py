"""Sign-up over HTTP."""

from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.models import User
from accounts.services.sign_up import sign_up
from accounts.types import Language


class SignupSerializer(serializers.Serializer[User]):
    """A new account's fields; the rules for their values are those of the sign-up page."""

    username = serializers.CharField()
    password = serializers.CharField(write_only=True, trim_whitespace=False, max_length=1_000)
    name = serializers.CharField(required=False, allow_blank=True)
    language = serializers.ChoiceField(Language.choices, required=False)
    email = serializers.CharField(required=False, allow_blank=True)


class AccountSerializer(serializers.ModelSerializer[User]):
    """An account as its owner sees it."""

    name = serializers.CharField(source="shown_name")

    class Meta:
        model = User
        fields = ("id", "username", "name", "language", "email")


class SignupView(APIView):
    """A new account."""

    authentication_classes = ()
    permission_classes = (AllowAny,)

    @extend_schema(
        summary="Make an account",
        tags=["auth"],
        request=SignupSerializer,
        responses={201: AccountSerializer},
    )
    def post(self, request: Request) -> Response:
        """Ask `/auth/token/` for the account's tokens."""
        given = SignupSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        user = sign_up(request=request._request, fields=given.validated_data)  # noqa: SLF001  (allauth wants Django's own)
        return Response(AccountSerializer(user).data, status=status.HTTP_201_CREATED)
