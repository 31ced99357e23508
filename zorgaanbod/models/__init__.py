from zorgaanbod.models.aanbieder import Aanbieder
from zorgaanbod.models.arrangement import Arrangement, Contract, Wachttijd

__all__ = ["Aanbieder", "Arrangement", "Contract", "Wachttijd"]
