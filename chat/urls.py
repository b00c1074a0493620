"""The addresses of chat's pages."""

from django.urls import path

from chat.views import answering, assistants, conversations, parameters, passport, people, presets, room_settings, rooms

app_name = "chat"
urlpatterns = [
    path("", rooms.home, name="home"),
    path("people/", people.people, name="people"),
    path("assistants/", assistants.assistants, name="assistants"),
    path("assistants/new/", assistants.new, name="new_assistant"),
    path("assistants/<str:username>/edit/", assistants.edit, name="edit_assistant"),
    path("assistants/<str:username>/try/", assistants.preview, name="try_assistant"),
    path("assistants/<str:username>/bring/", assistants.bring, name="bring_assistant"),
    path("assistants/<str:username>/remove/", assistants.remove, name="remove_assistant"),
    path("chats/", conversations.conversations, name="conversations"),
    path("chats/new/", conversations.new, name="new_conversation"),
    path("chats/<slug:slug>/", conversations.conversation, name="conversation"),
    path("chats/<slug:slug>/archive/", conversations.archive, name="archive_conversation"),
    path("chats/<slug:slug>/delete/", conversations.delete, name="delete_conversation"),
    path("rooms/new/", rooms.new_room, name="new_room"),
    path("rooms/<slug:slug>/", rooms.room, name="room"),
    path("rooms/<slug:slug>/list/", rooms.room_list, name="room_list"),
    path("rooms/<slug:slug>/parameters/", parameters.parameters, name="parameters"),
    path("rooms/<slug:slug>/parameters/preset/", parameters.choose_preset, name="choose_preset"),
    path("rooms/<slug:slug>/parameters/values/", parameters.set_values, name="set_values"),
    path("rooms/<slug:slug>/parameters/stops/", parameters.set_stops, name="set_stops"),
    path("rooms/<slug:slug>/parameters/model/", parameters.set_model, name="set_model"),
    path("rooms/<slug:slug>/parameters/keep/", parameters.keep_preset, name="keep_preset"),
    path("rooms/<slug:slug>/presets/", presets.presets, name="presets"),
    path("rooms/<slug:slug>/presets/import/", presets.import_preset, name="import_preset"),
    path("rooms/<slug:slug>/presets/<str:preset>/rename/", presets.rename, name="rename_preset"),
    path("rooms/<slug:slug>/presets/<str:preset>/delete/", presets.delete, name="delete_preset"),
    path("presets/choices/", presets.choices, name="preset_choices"),
    path("presets/<str:preset>/export/", presets.export, name="export_preset"),
    path("rooms/<slug:slug>/settings/", room_settings.room_settings, name="room_settings"),
    path("rooms/<slug:slug>/answering/", answering.answering, name="answering"),
    path("rooms/<slug:slug>/members/", room_settings.add, name="add_member"),
    path("rooms/<slug:slug>/members/<str:username>/", room_settings.member, name="member"),
    path("rooms/<slug:slug>/invite/", room_settings.invite, name="invite"),
    path("rooms/<slug:slug>/leave/", room_settings.leave, name="leave_room"),
    path("replies/<str:reply_id>/passport/", passport.passport, name="passport"),
    path("replies/<str:reply_id>/again/", passport.again, name="repeat_reply"),
    path("replies/<str:reply_id>/models/", passport.models, name="reply_models"),
    path("invitations/<str:token>/", rooms.invitation, name="invitation"),
]
