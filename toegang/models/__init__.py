from toegang.models.aanstelling import Aanstelling
from toegang.models.inzage import Inzage
from toegang.models.token import ApiToken
from toegang.models.user import User

__all__ = ["Aanstelling", "ApiToken", "Inzage", "User"]
