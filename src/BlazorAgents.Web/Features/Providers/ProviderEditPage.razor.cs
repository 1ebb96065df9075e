using BlazorAgents.OpenAI.Providers;
using BlazorAgents.Web.Features.Account;
using BlazorAgents.Web.Security;
using Microsoft.AspNetCore.Components;

namespace BlazorAgents.Web.Features.Providers;

/// <summary>The form that adds or changes a provider.</summary>
public sealed partial class ProviderEditPage : ComponentBase
{
    private static readonly ProviderKind[] s_kinds = [ProviderKind.OpenAI, ProviderKind.AzureOpenAI, ProviderKind.Compatible];

    private ProviderInput? _input;
    private ProviderDetails? _stored;
    private IReadOnlyList<FieldError> _errors = [];
    private ElementReference _alert;
    private bool _focusAlert;
    private bool _missing;
    private bool _saving;

    [Parameter] public string? Id { get; set; }

    [Inject] public required ProviderService Providers { get; init; }

    [Inject] public required CurrentUser CurrentUser { get; init; }

    [Inject] public required NavigationManager Navigation { get; init; }

    private string Title => _stored is null ? "Add a provider" : $"Edit {_stored.Name}";

    private string Back => _stored is null ? "/providers" : $"/providers/{_stored.Id}";

    private bool IsOpenAI => _input!.Kind == nameof(ProviderKind.OpenAI);

    private bool IsAzure => _input!.Kind == nameof(ProviderKind.AzureOpenAI);

    private bool NeedsConfirmation => _input!.AllowHttp || (Uri.TryCreate(_input.Endpoint?.Trim(), UriKind.Absolute, out var address)
        && address.Scheme == Uri.UriSchemeHttp && !ProviderRules.IsPrivate(address) && address != _stored?.Endpoint);

    private string AddressHint => _input!.Kind switch
    {
        nameof(ProviderKind.OpenAI) => "Empty: https://api.openai.com/v1.",
        nameof(ProviderKind.AzureOpenAI) => "The resource, for example https://NAME.openai.azure.com/.",
        _ => "With its version path, for example http://localhost:11434/v1.",
    };

    private string KeyHint => _stored switch
    {
        { Key: KeyState.Unreadable } => "The stored key cannot be read any more. Enter it again.",
        { Key: KeyState.Set } => $"Stored, {_stored.KeyWords}. Leave this empty to keep it; it is never shown.",
        _ when IsAzure => "Stored encrypted and never shown again. Empty: the server's Entra ID identity is used.",
        _ when IsOpenAI => "Stored encrypted and never shown again.",
        _ => "Stored encrypted and never shown again. Empty, if the server wants none.",
    };

    protected override async Task OnParametersSetAsync()
    {
        (_stored, _errors, _missing) = (null, [], false);
        if (Id is null)
        {
            _input = new ProviderInput();
            return;
        }

        _stored = await Providers.FindAsync(await CurrentUser.GetAsync(), Id);
        _missing = _stored is null or { IsConfigured: true };
        _input = _missing ? null : new ProviderInput
        {
            Name = _stored!.Name,
            Kind = _stored.Kind.ToString(),
            Endpoint = _stored.Endpoint?.OriginalString,
            ChatModelId = _stored.ChatModelId,
            ResponsesModelId = _stored.ResponsesModelId == _stored.ChatModelId ? null : _stored.ResponsesModelId,
            OrganizationId = _stored.OrganizationId,
            ClientType = _stored.ClientType.ToString(),
            Version = _stored.Version,
        };
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (_focusAlert)
        {
            _focusAlert = false;
            await _alert.FocusAsync(); // so that it is read, and the fields follow
        }
    }

    private string? Error(string field) => _errors.FirstOrDefault(error => error.Field == field)?.Message;

    private async Task SaveAsync()
    {
        if (_saving)
        {
            return;
        }

        _saving = true;
        try
        {
            var by = await CurrentUser.GetAsync();
            var result = Id is null ? await Providers.AddAsync(by, _input!) : await Providers.ChangeAsync(by, Id, _input!);
            _errors = result.Errors;
            _focusAlert = _errors.Count > 0;
            if (result.Id is { } saved)
            {
                Navigation.NavigateTo($"/providers/{saved}");
            }
        }
        finally
        {
            _saving = false;
        }
    }
}
