"""The addresses of the knowledge pages."""

from django.urls import path

from rag.views import corpora, documents, playground

app_name = "rag"
urlpatterns = [
    path("knowledge/", corpora.knowledge, name="knowledge"),
    path("knowledge/<slug:slug>/", corpora.corpus, name="corpus"),
    path("knowledge/<slug:slug>/change/", corpora.change, name="change_corpus"),
    path("knowledge/<slug:slug>/delete/", corpora.delete, name="delete_corpus"),
    path("knowledge/<slug:slug>/readers/", corpora.change_readers, name="change_readers"),
    path("knowledge/<slug:slug>/documents/", documents.documents, name="documents"),
    path("knowledge/<slug:slug>/upload/", documents.upload, name="upload"),
    path("knowledge/<slug:slug>/documents/<int:pk>/retry/", documents.retry, name="retry"),
    path("knowledge/<slug:slug>/documents/<int:pk>/delete/", documents.delete, name="delete"),
    path("documents/<int:pk>/", documents.document, name="document"),
    path("passages/<int:chunk>/", documents.passage, name="passage"),
    path("staff/playground/", playground.playground, name="playground"),
]
