"""The addresses of chat's REST API, below /api/v1/."""

from django.urls import path

from chat.rest import (
    answering,
    assistants,
    conversations,
    direct_messages,
    exports,
    invitations,
    members,
    messages,
    parameters,
    presets,
    reactions,
    read_marks,
    replies,
    rooms,
    versions,
)

app_name = "chat_api"
urlpatterns = [
    path("rooms/", rooms.RoomList.as_view(), name="rooms"),
    path("rooms/<str:slug>/", rooms.RoomDetail.as_view(), name="room"),
    path("rooms/<str:slug>/join/", rooms.RoomJoin.as_view(), name="join"),
    path("rooms/<str:slug>/leave/", rooms.RoomLeave.as_view(), name="leave"),
    path("rooms/<str:slug>/read/", read_marks.ReadMark.as_view(), name="read"),
    path("rooms/<str:slug>/messages/", messages.MessageList.as_view(), name="messages"),
    path("rooms/<str:slug>/members/", members.MemberList.as_view(), name="members"),
    path("rooms/<str:slug>/members/<str:username>/", members.MemberDetail.as_view(), name="member"),
    path("rooms/<str:slug>/parameters/", parameters.RoomParameters.as_view(), name="parameters"),
    path("rooms/<str:slug>/model/", parameters.RoomModel.as_view(), name="room_model"),
    path("rooms/<str:slug>/answering/", answering.RoomAnswering.as_view(), name="answering"),
    path("rooms/<str:slug>/invitations/", invitations.InvitationList.as_view(), name="invitations"),
    path("assistants/", assistants.Assistants.as_view(), name="assistants"),
    path("assistants/<str:username>/", assistants.AssistantDetail.as_view(), name="assistant"),
    path("invitations/<str:token>/accept/", invitations.InvitationAccept.as_view(), name="accept"),
    path("messages/<int:message_id>/", messages.MessageDetail.as_view(), name="message"),
    path("messages/<int:message_id>/rerun/", versions.MessageRerun.as_view(), name="rerun"),
    path("messages/<int:message_id>/fork/", versions.MessageFork.as_view(), name="fork"),
    path(
        "messages/<int:message_id>/reactions/", reactions.ReactionToggle.as_view(), name="reactions"
    ),
    path("models/", parameters.Models.as_view(), name="models"),
    path("presets/", presets.Presets.as_view(), name="presets"),
    path("presets/import/", presets.PresetImport.as_view(), name="import_preset"),
    path("presets/<str:slug>/", presets.PresetDetail.as_view(), name="preset"),
    path("presets/<str:slug>/export/", presets.PresetExport.as_view(), name="export_preset"),
    path("conversations/", conversations.ConversationList.as_view(), name="conversations"),
    path(
        "conversations/<str:slug>/",
        conversations.ConversationDetail.as_view(),
        name="conversation",
    ),
    path(
        "conversations/<str:slug>/export/",
        exports.ConversationExport.as_view(),
        name="conversation_export",
    ),
    path("rooms/<str:slug>/export/", exports.RoomExport.as_view(), name="room_export"),
    path("me/export/", exports.OwnExport.as_view(), name="own_export"),
    path("direct-messages/", direct_messages.DirectMessages.as_view(), name="direct_messages"),
    path("replies/<str:id>/", replies.ReplyDetail.as_view(), name="reply"),
    path("replies/<str:id>/cancel/", replies.ReplyCancel.as_view(), name="cancel"),
    path("replies/<str:id>/retry/", replies.ReplyRetry.as_view(), name="retry"),
    path("replies/<str:id>/regenerate/", versions.ReplyRegenerate.as_view(), name="regenerate"),
    path("replies/<str:id>/continue/", versions.ReplyContinue.as_view(), name="continue"),
    path("replies/<str:id>/repeat/", versions.ReplyRepeat.as_view(), name="repeat"),
]
