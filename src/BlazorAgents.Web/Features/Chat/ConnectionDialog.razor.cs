using System.Globalization;
using BlazorAgents.Runs;
using BlazorAgents.Web.Components;
using BlazorAgents.Web.Security;
using Microsoft.AspNetCore.Components;

namespace BlazorAgents.Web.Features.Chat;

/// <summary>Chooses how the shown conversation reaches its model. A refusal stays in the dialog, and so does what was chosen.</summary>
public sealed partial class ConnectionDialog : ComponentBase
{
    private readonly string _formId = $"connection-{Guid.NewGuid():N}";
    private readonly string _modelsId = $"models-{Guid.NewGuid():N}";
    private AppDialog? _dialog;
    private ConnectionDraft? _draft;
    private IReadOnlyList<string> _models = [];
    private string? _model;
    private string? _fault;
    private bool _isSaving;

    [Inject] public required ChatSession Session { get; init; }

    [Inject] public required ConnectionCatalog Catalog { get; init; }

    [Inject] public required HostedToolCatalog HostedTools { get; init; }

    [Inject] public required ILogger<ConnectionDialog> Logger { get; init; }

    /// <summary>Shows what the conversation has now.</summary>
    public async Task OpenAsync()
    {
        (_draft, _fault, _models) = (null, null, []);
        try
        {
            var providers = await Catalog.ListAsync();
            _draft = new ConnectionDraft(providers, HostedTools, Session.State.Connection, Session.State.ModelId);
            _model = _draft.ModelId;
        }
        catch (NotSignedInException)
        {
            _fault = "You are signed out. Reload the page and sign in again.";
        }
        catch (Exception exception)
        {
            _fault = Explain(exception);
        }

        await _dialog!.OpenAsync();
        StateHasChanged();
        await ListModelsAsync();
    }

    private async Task ChooseProviderAsync(ChangeEventArgs change)
    {
        if (_draft is { } draft && int.TryParse(change.Value as string, CultureInfo.InvariantCulture, out var index)
            && index >= 0 && index < draft.Providers.Count)
        {
            draft.Select(draft.Providers[index]);
            _model = draft.ModelId;
            await ListModelsAsync();
        }
    }

    // The provider may take its time; the form can be used meanwhile.
    private async Task ListModelsAsync()
    {
        if (_draft is not { } draft)
        {
            return;
        }

        var provider = draft.Provider;
        try
        {
            var models = await Catalog.GetModelIdsAsync(provider);
            if (draft == _draft && draft.Provider == provider)
            {
                _models = models;
                StateHasChanged();
            }
        }
        catch (NotSignedInException)
        {
            _fault = "You are signed out. Reload the page and sign in again.";
        }
    }

    private async Task SaveAsync()
    {
        if (_draft is not { } draft || _isSaving)
        {
            return;
        }

        (_isSaving, _fault) = (true, null);
        try
        {
            _fault = await Session.SetConnectionAsync(draft.Build(), string.IsNullOrWhiteSpace(_model) ? null : _model.Trim());
        }
        finally
        {
            _isSaving = false;
        }

        if (_fault is null)
        {
            await _dialog!.CloseAsync();
        }
    }

    private string Explain(Exception exception) => PageFault.Describe(exception, "The providers could not be read. Close this and try again.", Logger);
}
