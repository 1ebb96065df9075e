using BlazorAgents.Data;
using BlazorAgents.Web.Features.Account;
using BlazorAgents.Web.Security;
using Microsoft.AspNetCore.Components;

namespace BlazorAgents.Web.Features.Setup;

public sealed partial class SetupPage : ComponentBase
{
    private FormErrors? _errors;
    private bool _isOpen;

    [SupplyParameterFromForm] public SetupInput? Input { get; set; }
    [SupplyParameterFromQuery] public string? Token { get; set; }
    [CascadingParameter] public required HttpContext HttpContext { get; set; }
    [Inject] public required SetupLink Link { get; init; }
    [Inject] public required FirstAdministrator FirstAdministrator { get; init; }
    [Inject] public required AppSignInManager SignIn { get; init; }
    [Inject] public required NavigationManager Navigation { get; init; }

    protected override async Task OnInitializedAsync()
    {
        Input ??= new SetupInput();
        _isOpen = Link.Accepts(Token) && await FirstAdministrator.IsMissingAsync(HttpContext.RequestAborted);
        if (!_isOpen)
        {
            HttpContext.AnswerNotFound();
        }
    }

    private async Task CreateAsync()
    {
        var account = new NewAccount(Input!.Email, Input.DisplayName, Roles.Admin, Input.Password);
        switch (await FirstAdministrator.CreateAsync(Token, account, HttpContext.RequestAborted))
        {
            case null:
                _isOpen = false;
                HttpContext.AnswerNotFound();
                break;
            case { User: { } user }:
                await SignIn.SignInAsync(user, isPersistent: false);
                Navigation.NavigateTo("/");
                break;
            case { Errors: var errors }:
                _errors!.Show(errors);
                break;
        }
    }

    /// <summary>The form's fields.</summary>
    public sealed class SetupInput
    {
        /// <summary>The administrator's address.</summary>
        public string? Email { get; set; }

        /// <summary>The name shown to people.</summary>
        public string? DisplayName { get; set; }

        /// <summary>The password.</summary>
        public string? Password { get; set; }
    }
}
