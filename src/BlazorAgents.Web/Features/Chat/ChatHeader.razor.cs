using BlazorAgents.Runs;
using BlazorAgents.Web.Layout;
using BlazorAgents.Web.Security;
using Microsoft.AspNetCore.Components;

namespace BlazorAgents.Web.Features.Chat;

/// <summary>Who answers, with which model, over which connection, and where the history lives.</summary>
public sealed partial class ChatHeader : SessionView
{
    private ConnectionDialog? _dialog;
    private ConversationConnection? _seen;
    private string? _model;
    private string? _words;

    [Inject] public required AppInfo Info { get; init; }

    [Inject] public required ConnectionCatalog Catalog { get; init; }

    [Inject] public required HostedToolCatalog HostedTools { get; init; }

    [Inject] public required ILogger<ChatHeader> Logger { get; init; }

    protected override object Shown(ChatState state) => (state.Agent, state.ModelId, state.Connection);

    protected override Task OnInitializedAsync() => DescribeAsync();

    protected override void OnShownChanged() => _ = DescribeAsync();

    private async Task DescribeAsync()
    {
        var connection = State.Connection;
        if (connection == _seen)
        {
            return;
        }

        _seen = connection;
        if (connection == ConversationConnection.Default)
        {
            (_words, _model) = (null, Info.DefaultModel);
            return;
        }

        string? name = null;
        string? model = null;
        try
        {
            var provider = (await Catalog.ListAsync()).FirstOrDefault(choice => choice.Id == connection.ProviderId);
            name = provider?.Name ?? await Catalog.FindNameAsync(connection.ProviderId);
            model = provider is null ? null : new ConnectionDraft([provider], HostedTools, connection, null) is var draft ? provider.ModelOf(draft.Type) : null;
        }
        catch (NotSignedInException)
        {
            return; // the page says so with the next action
        }
        catch (Exception exception)
        {
            name = "Provider";
            ChatLog.ActionFailed(Logger, nameof(DescribeAsync), Guid.NewGuid().ToString("N")[..12], exception);
        }

        if (connection == State.Connection)
        {
            (_words, _model) = (ConnectionWords.Line(connection, name), model ?? Info.DefaultModel);
            Redraw();
        }
    }
}
