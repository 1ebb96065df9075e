using BlazorAgents.Data;
using BlazorAgents.Runs;
using BlazorAgents.Web.Features.People;
using BlazorAgents.Web.Features.Setup;
using BlazorAgents.Web.Security;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace BlazorAgents.Web.Features.Account;

/// <summary>Registers accounts: sign-in, roles, the first administrator, the keeping of people.</summary>
public static class AccountServiceCollectionExtensions
{
    /// <summary>Registers accounts; the keys that protect cookies are kept in <paramref name="dataFolder"/>. Also needed: data and runs.</summary>
    public static IServiceCollection AddAccounts(this IServiceCollection services, IConfiguration configuration, string dataFolder)
    {
        services.TryAddSingleton(TimeProvider.System);
        AddKeys(services, dataFolder);
        AddIdentity(services);
        AddCookie(services);
        services.AddAuthorization(Policies.Configure);

        services.AddCascadingAuthenticationState();
        services.AddScoped<AuthenticationStateProvider, CircuitAuthentication>();
        services.TryAddSingleton<AuditLog>();
        services.AddSingleton<SignInAudit>();
        services.AddScoped<AccountCreation>();
        services.AddScoped<PeopleService>();

        services.AddOptions<SetupOptions>().Bind(configuration.GetSection("Setup"));
        services.AddSingleton<SetupLink>();
        services.AddScoped<FirstAdministrator>();
        return services.AddHostedService<SetupLinkAnnouncer>();
    }

    private static void AddKeys(IServiceCollection services, string dataFolder)
    {
        var keys = new DirectoryInfo(Path.Combine(dataFolder, "keys"));
        if (!OperatingSystem.IsWindows() && !keys.Exists)
        {
            // Whoever reads the keys can make cookies.
            Directory.CreateDirectory(keys.FullName, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        services.AddDataProtection().SetApplicationName("BlazorAgents").PersistKeysToFileSystem(keys);
    }

    private static void AddIdentity(IServiceCollection services)
    {
        services.AddIdentityCore<AppUser>(options =>
            {
                options.User.RequireUniqueEmail = true;
                options.User.AllowedUserNameCharacters = ""; // the name is an email address, which is checked as such
                options.Password.RequiredLength = AccountCreation.MinimumPasswordLength;
                options.Password.RequiredUniqueChars = 4;
                options.Password.RequireDigit = false;
                options.Password.RequireLowercase = false;
                options.Password.RequireUppercase = false;
                options.Password.RequireNonAlphanumeric = false;
                options.Lockout.MaxFailedAccessAttempts = 5;
                options.Lockout.DefaultLockoutTimeSpan = TimeSpan.FromMinutes(5);
            })
            .AddRoles<IdentityRole>()
            .AddEntityFrameworkStores<AppDbContext>()
            .AddClaimsPrincipalFactory<AccountClaims>()
            .AddSignInManager<AppSignInManager>();
        services.AddOptions<SecurityStampValidatorOptions>().Configure<IOptions<AccountOptions>>(
            (stamp, account) => stamp.ValidationInterval = account.Value.RevalidationInterval);
    }

    private static void AddCookie(IServiceCollection services)
    {
        services.AddAuthentication(IdentityConstants.ApplicationScheme).AddIdentityCookies();
        services.AddOptions<CookieAuthenticationOptions>(IdentityConstants.ApplicationScheme)
            .Configure<IOptions<AccountOptions>, IOptions<WebSecurityOptions>>((cookie, account, security) =>
            {
                cookie.LoginPath = "/account/login";
                cookie.AccessDeniedPath = "/account/access-denied";
                cookie.ReturnUrlParameter = "returnUrl";
                cookie.ExpireTimeSpan = account.Value.StaySignedIn;
                cookie.SlidingExpiration = true;
                cookie.Cookie.Name = WebSecurityExtensions.CookieName("BlazorAgents.Account", security.Value);
                cookie.Cookie.HttpOnly = true;
                cookie.Cookie.SameSite = SameSiteMode.Lax;
                cookie.Cookie.SecurePolicy = WebSecurityExtensions.SecurePolicy(security.Value);
                cookie.Events.OnRedirectToLogin = context => RedirectPages(context, StatusCodes.Status401Unauthorized);
                cookie.Events.OnRedirectToAccessDenied = context => RedirectPages(context, StatusCodes.Status403Forbidden);
            });
    }

    // Only a page leads to another page; the hub, scripts and endpoints get the plain status.
    private static Task RedirectPages(RedirectContext<CookieAuthenticationOptions> context, int status)
    {
        if (ErrorPages.AcceptsHtml(context.Request))
        {
            context.Response.Redirect(context.RedirectUri);
        }
        else
        {
            context.Response.StatusCode = status;
        }

        return Task.CompletedTask;
    }
}
