"""Who calls the API: the owner of a bearer token, as long as the token is current."""

from django.utils.translation import gettext_lazy as _
from rest_framework.exceptions import AuthenticationFailed
from rest_framework_simplejwt.authentication import JWTAuthentication
from rest_framework_simplejwt.exceptions import InvalidToken
from rest_framework_simplejwt.tokens import Token

from accounts.models import User
from accounts.tokens import is_current, owner_id

ENDED = _("Your access has ended. Sign in again.")


class TokenAuthentication(JWTAuthentication):
    """`Authorization: Bearer <access token>`; one statement, that of the user."""

    def get_validated_token(self, raw_token: bytes) -> Token:
        """The token. Raises AuthenticationFailed in the site's own words."""
        try:
            return super().get_validated_token(raw_token)
        except InvalidToken as error:
            raise AuthenticationFailed(ENDED, code="token_invalid") from error

    def get_user(self, validated_token: Token) -> User:  # type: ignore[override]  # ours, of all users
        """The token's owner. Raises AuthenticationFailed once the access was taken away."""
        user = User.objects.may_sign_in().filter(pk=owner_id(validated_token)).first()
        if user is None or not is_current(validated_token, user):
            raise AuthenticationFailed(ENDED, code="token_invalid")
        return user
