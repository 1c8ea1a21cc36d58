"""Administrative procedures, their forms and referrals."""
