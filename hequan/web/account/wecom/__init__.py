"""Sign-in with WeCom (企业微信), for which allauth has no provider of its own."""
