"""The open interface (开放接口): JSON for outside systems, one file per app it speaks for.

/api is our own JSON, described at /api/docs; /ogc is OGC API Features (要素) for GDAL and QGIS;
/hsds is the HSDS 3 service directory (公共服务名录). All of these read queries and write nothing;
/open311/v2 is Open311 GeoReport v2 (诉求接口), where a system with a key posts cases too.
Entry points: urls, interface.PublicAPI, errors.Refusal.
"""
