using BlazorAgents.Web.Features.Account;
using BlazorAgents.Web.Security;
using Microsoft.AspNetCore.Components;

namespace BlazorAgents.Web.Features.People;

public sealed partial class PersonPage : ComponentBase
{
    private static readonly Dictionary<string, string> s_saved = new()
    {
        ["role"] = "The role is changed. It counts everywhere within a minute.",
        ["password"] = "The password is reset. Open sessions end within a minute.",
        ["state"] = "The account's state is changed.",
    };

    private readonly object _state = new();
    private Person? _person;
    private FormErrors? _roleErrors;
    private FormErrors? _resetErrors;
    private FormErrors? _stateErrors;

    [Parameter] public required string Id { get; set; }
    [SupplyParameterFromForm(FormName = "role")] public RoleInput? Role { get; set; }
    [SupplyParameterFromForm(FormName = "reset")] public ResetInput? Reset { get; set; }
    [SupplyParameterFromForm(FormName = "state")] public bool Enable { get; set; }
    [SupplyParameterFromQuery] public string? Saved { get; set; }
    [CascadingParameter] public required HttpContext HttpContext { get; set; }
    [Inject] public required PeopleService People { get; init; }
    [Inject] public required CurrentUser CurrentUser { get; init; }
    [Inject] public required NavigationManager Navigation { get; init; }

    protected override async Task OnInitializedAsync()
    {
        // Before the first await: the forms render while the account is being read.
        Reset ??= new ResetInput();
        var submitted = Role;
        Role ??= new RoleInput();
        _person = await People.FindAsync(await CurrentUser.GetAsync(), Id, HttpContext.RequestAborted);
        if (_person is null)
        {
            HttpContext.AnswerNotFound();
        }
        else if (submitted is null)
        {
            Role.Role = _person.Role;
        }
    }

    private async Task ChangeRoleAsync() =>
        Finish("role", _roleErrors!, await People.ChangeRoleAsync(await CurrentUser.GetAsync(), Id, Role!.Role, HttpContext.RequestAborted));

    private async Task ChangeStateAsync()
    {
        var by = await CurrentUser.GetAsync();
        var error = Enable
            ? await People.EnableAsync(by, Id, HttpContext.RequestAborted)
            : await People.DisableAsync(by, Id, HttpContext.RequestAborted);
        Finish("state", _stateErrors!, error);
    }

    private async Task ResetPasswordAsync()
    {
        var errors = await People.ResetPasswordAsync(await CurrentUser.GetAsync(), Id, Reset!.Password, HttpContext.RequestAborted);
        Finish("password", _resetErrors!, [.. errors]);
    }

    private void Finish(string what, FormErrors shown, params FieldError?[] errors)
    {
        var found = errors.OfType<FieldError>().ToList();
        if (found.Count == 0)
        {
            Navigation.NavigateTo($"/people/{Uri.EscapeDataString(Id)}?saved={what}");
        }
        else
        {
            shown.Show(found);
        }
    }
}
